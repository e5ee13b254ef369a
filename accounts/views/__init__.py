"""The pages people have about themselves."""
