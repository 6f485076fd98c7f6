part("within working")
