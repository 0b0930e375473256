"""Measurements. `./yangguang bench [name]` runs the `main()` of the modules here, each against its
limits; a ratio is taken against a floor measured in the same run, so that it means the same on any
machine."""
