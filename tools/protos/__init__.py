"""What makes the stubs, the SDK's model and the checks out of the .proto files.

Everything here works offline: protoc and buf come from their wheels, and so do the descriptors of
the imported files. No part of the product imports it.
"""
