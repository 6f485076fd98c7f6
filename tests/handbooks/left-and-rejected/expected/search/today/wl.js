handbook.part("leader")
