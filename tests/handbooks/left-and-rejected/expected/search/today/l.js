part(["6","F"])
