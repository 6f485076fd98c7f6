part("policy press public")
