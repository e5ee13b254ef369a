"""Measurements that mean something on a small shared machine: ratios of figures taken in the same run."""
