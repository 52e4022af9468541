"""What a failing file call means to the person who runs the target."""

import errno

UNWRITABLE = "TARGET_UNWRITABLE"

_ADVICE = {
    errno.ENOSPC: "the disk is full, make room",
    errno.EDQUOT: "the quota is used up, make room",
    errno.EFBIG: "the file is larger than the system allows, raise the limit",
    errno.EROFS: "the file system is read-only, make it writable",
    errno.EACCES: "permission is denied, let the server write there",
    errno.EPERM: "the system forbids it, let the server write there",
    errno.ENOTDIR: "a folder of the tree is a symbolic link or no folder, move it away",
    errno.ELOOP: "a symbolic link is in the way, remove it",
    errno.EISDIR: "a folder is in the way, move it away",
    errno.ENOENT: "a folder went away meanwhile, see what removes it",
    errno.EIO: "the disk reports an error, check it",
    errno.ESTALE: "the file system was detached, mount it again",
    errno.EMFILE: "too many files are open, raise the limit",
    errno.ENFILE: "too many files are open, raise the limit",
}


def advice(error: OSError) -> str:
    """Say what is wrong and what to do, without a path of this machine."""
    code = error.errno or 0
    name = errno.errorcode.get(code, "an unknown error")
    return _ADVICE.get(code, f"the system answers {name}, look at the folder")
