handbook.part("policy press public")
