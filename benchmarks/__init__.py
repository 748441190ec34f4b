"""How fast CRM Lab is, as ratios against a peer measured in the same run. Run with `python -m benchmarks`."""
