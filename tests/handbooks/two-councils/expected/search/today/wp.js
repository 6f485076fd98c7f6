part("paragraph person press public")
