/**
 * The life of a table's data: {@link io.ringsim.storage.table.TableStore} (in Cassandra's words a column family store) holds
 * its memtables and SSTables in a {@link io.ringsim.storage.table.View} that is replaced in one step by flush, compaction and
 * ingest; reads merge what is in it.
 */
@NullMarked
package io.ringsim.storage.table;

import org.jspecify.annotations.NullMarked;
