part("leader")
