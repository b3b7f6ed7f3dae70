SELECT count(*) FROM ${prefix}thread_entry
