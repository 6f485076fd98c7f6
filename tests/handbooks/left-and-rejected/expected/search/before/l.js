handbook.part(["66&","GF&"])
