handbook.part("paragraph person press public")
