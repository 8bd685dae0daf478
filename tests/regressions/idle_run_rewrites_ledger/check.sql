SELECT source_table FROM rehome.entity WHERE source_table <> 'public.thing';
