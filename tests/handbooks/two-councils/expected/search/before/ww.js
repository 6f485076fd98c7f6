handbook.part("within working")
