"""A practice to look at, made by running real interviews: for `make console`."""
