"""Pages of this room: listening for citizens, recording for officials."""
