SELECT max(id) FROM ${prefix}thread_event
