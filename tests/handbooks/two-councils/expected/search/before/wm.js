handbook.part("member")
