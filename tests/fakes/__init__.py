"""Real behaviour without processes and disks: one fake for each thing that a test stands in for."""
