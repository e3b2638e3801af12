"""The only writers of the main job: one transaction each, with its step, its trace and its fact."""
