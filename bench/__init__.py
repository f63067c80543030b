"""How fast the site is, each figure beside a floor measured in the same run. See docs/benchmarks.md."""
