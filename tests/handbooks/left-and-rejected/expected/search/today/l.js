handbook.part(["6","F"])
