handbook.part([["Clause 4","The press","text put to the Council on 20 January 2026","../authorities/ashby/protocol/2026-proposed/#clause-4",[["","","Each interview is noted."]],[],0,"The press"]])
