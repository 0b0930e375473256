"""What `./yangguang` does once the machine is set up; the shell part is in setup.sh."""
