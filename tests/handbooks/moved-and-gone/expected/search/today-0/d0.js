handbook.part([["Clause 1","","text adopted 16 May 2024","../authorities/ashby/clauses/1/",[["","","The Leader speaks to the press."]],[],0,"The press"]])
