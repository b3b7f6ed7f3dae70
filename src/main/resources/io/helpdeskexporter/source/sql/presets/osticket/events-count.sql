SELECT count(*) FROM ${prefix}thread_event
