part("member")
