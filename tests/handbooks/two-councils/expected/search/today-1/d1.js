handbook.part([["Clause “The Leader speaks to the press.”","","text of February 2023","../authorities/bray/clauses/press/",[["","","The Leader speaks to the press."]],[],0,"The press"]])
