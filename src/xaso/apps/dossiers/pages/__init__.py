"""The pages of the main job: they read the form, call an action or a query, and render."""
