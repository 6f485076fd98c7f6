handbook.part([["Elected person","","","../terms/#term-member",[["","","A person elected to the council."]],[[0,"Elected person"]],3,""]])
