"""Benchmarks: each prints ratios and sizes measured in one run, beside what we aim at. Never run as tests."""
