SELECT max(id) FROM ${prefix}thread_entry
