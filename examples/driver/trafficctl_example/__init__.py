"""A mesh on paper: writes down who may call a workload, and enforces nothing."""
