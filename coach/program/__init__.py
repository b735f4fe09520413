"""Programs that run for months: who may do what, and what each pair keeps."""
