"""Messages and services of the interface, generated from the .proto files beside them."""
