// In: nothing. Out: every function of DuckDB that a query of the workbench may not call, by why.
// Invariant: with the allow list it names all that the engine has; a `*` at the end stands for a family made by one rule.
const names = (text: string) => text.split(/\s+/).filter(Boolean);

/** Called in an expression. */
export const refusedScalars: Readonly<Record<string, readonly string[]>> = {
  'tells who asks, of which database, and what else they asked': names(`current_catalog current_connection_id current_database current_query current_query_id current_role current_schema current_schemas current_transaction_id current_user
    session_user user txid_current in_search_path pg_my_temp_schema pg_is_other_temp_schema`),
  'tells the engine, the machine or the network': names('version get_block_size inet_client_addr inet_client_port inet_server_addr inet_server_port pg_conf_load_time pg_postmaster_start_time'),
  'reads settings and variables': names('current_setting getvariable'),
  'tells of the catalogue': names(`col_description format_pg_type format_type has_* map_to_pg_oid obj_description shobj_description pg_collation_is_visible pg_conversion_is_visible pg_function_is_visible pg_get_constraintdef pg_get_expr pg_get_viewdef
    pg_has_role pg_opclass_is_visible pg_operator_is_visible pg_opfamily_is_visible pg_table_is_visible pg_ts_config_is_visible pg_ts_dict_is_visible pg_ts_parser_is_visible pg_ts_template_is_visible pg_type_is_visible pg_typeof pg_size_pretty`),
  'keeps or moves something': names('currval nextval write_log'),
  waits: names('pg_sleep sleep_ms'),
  'takes SQL in a string, or gives it': names('json_deserialize_sql json_serialize_plan json_serialize_sql'),
  'tells how a value is stored, planned or compressed': names('__internal_* alias constant_or_null create_sort_key remap_struct stats vector_type timetz_byte_comparable normalized_interval is_histogram_other_bin parse_duckdb_log_message'),
  'makes or takes apart types': names('can_cast_implicitly cast_to_type enum_code enum_first enum_last enum_range enum_range_boundary get_type make_type replace_type'),
  'holds the state of an aggregate': names('combine finalize'),
  'takes paths apart': names('parse_dirname parse_dirpath parse_filename parse_path'),
  'gives another answer each time': names('gen_random_uuid uuid uuidv4 uuidv7 uuid_extract_timestamp uuid_extract_version'),
  'orders by a language, which ORDER BY … COLLATE does': names('icu_collate_* icu_sort_key'),
  'reads geometry, bits, bytes, vectors or variants, of which the tables have none': names(`array_cosine_distance array_cosine_similarity array_cross_product array_distance array_dot_product array_inner_product array_negative_dot_product array_negative_inner_product
    list_cosine_distance list_cosine_similarity list_distance list_dot_product list_inner_product list_negative_dot_product list_negative_inner_product bit_position bitstring bitstring_agg get_bit set_bit decode encode from_binary from_hex to_binary unbin unhex
    st_* variant_bytes_to_variant variant_extract variant_normalize variant_to_parquet_variant variant_typeof`),
  'nobody has asked for, what is allowed does the same': names(`array_to_string_comma_default equi_width_bins from_json_strict json_group_structure json_merge_patch json_structure json_transform json_transform_strict make_timestamp_ms make_timestamp_ns make_timestamptz
    md5_number md5_number_lower md5_number_upper nanosecond parse_formatted_bytes regexp_split_to_table sha1 switch timezone_hour timezone_minute`),
};

/** Called in FROM. */
export const refusedTables: Readonly<Record<string, readonly string[]>> = {
  'reads files or other memory': names('arrow_scan arrow_scan_dumb glob parquet_* read_* seq_scan sniff_csv'),
  'tells of the catalogue, of settings, memory, secrets, logs, sessions': names('duckdb_* pragma_* which_secret summary icu_calendar_names pg_timezone_names'),
  'changes the engine or writes': names('checkpoint force_checkpoint disable_logging enable_logging truncate_duckdb_logs disable_peg_parser enable_peg_parser check_peg_parser disable_profiling enable_profiling'),
  'takes SQL or the name of a table in a string': names('json_execute_serialized_sql query query_table sql_auto_complete histogram histogram_values'),
  'makes rows that nobody needs': names('repeat test_all_types test_vector_types'),
};

/** Called with PRAGMA or CALL, which the workbench has not at all. */
export const refusedPragmas: readonly string[] = names(`add_parquet_key all_profiling_output collations copy_database database_list database_size disable_* enable_* extension_versions force_checkpoint functions import_database json_execute_serialized_sql
  metadata_info platform show show_databases show_tables show_tables_expanded storage_info table_info user_agent verify_* version`);
