# The store's migrations are carried in the program as they stand.
$(OUT)/src/store/schema.o: $(wildcard src/store/*.sql)
