// In: nothing. Out: the functions that a query of the workbench may call, and the words that pass for one.
// Invariant: an allow list: nothing here reads a file, a setting, a catalog or the process, writes, sleeps, or runs SQL held in a string.
const names = (text: string) => text.split(/\s+/).filter(Boolean);

/** Scalar functions, aggregates, window functions and the operators that the parser turns into functions. */
export const allowedFunctions: ReadonlySet<string> = new Set(names(`
  + - * / // % ** ^ & | ~ << >> || ! !__postfix @ ^@ <@ @> && <-> <=> -> ->> ~~ !~~ ~~* !~~* ~~~
  like_escape ilike_escape not_like_escape not_ilike_escape add subtract multiply divide mod
  abs acos acosh asin asinh atan atan2 atanh cbrt ceil ceiling cos cosh cot degrees even exp factorial fdiv floor fmod gamma gcd
  greatest_common_divisor isfinite isinf isnan lcm least_common_multiple lgamma ln log log10 log2 nextafter pi pow power radians random
  round round_even roundbankers setseed sign signbit sin sinh sqrt tan tanh trunc xor bit_count greatest least nullif coalesce ifnull if error
  ascii bar base64 bin bit_length char_length character_length chr concat concat_ws contains damerau_levenshtein editdist3 ends_with format
  formatreadabledecimalsize formatreadablesize format_bytes from_base64 hamming hash hex instr jaccard jaro_similarity jaro_winkler_similarity
  lcase left left_grapheme len length length_grapheme levenshtein lower lpad ltrim md5 mismatches nfc_normalize octet_length ord position prefix
  printf regexp_escape regexp_extract regexp_extract_all regexp_full_match regexp_matches regexp_replace regexp_split_to_array
  repeat replace reverse right right_grapheme rpad rtrim sha256 split split_part starts_with str_split str_split_regex string_split
  string_split_regex string_to_array strip_accents strlen strpos substr substring substring_grapheme suffix to_base to_base64 to_hex translate trim
  ucase unicode upper url_decode url_encode
  age ago century current_date current_timestamp get_current_time get_current_timestamp current_localtime current_localtimestamp now today transaction_timestamp
  date_add date_diff date_part date_sub date_trunc datediff datepart datesub datetrunc day dayname dayofmonth dayofweek dayofyear days_in_month
  decade epoch epoch_ms epoch_us epoch_ns era hour isodow isoyear julian last_day make_date make_time make_timestamp microsecond millennium
  millisecond minute month monthname quarter second strftime strptime try_strptime time_bucket timezone to_centuries to_days to_decades to_hours
  to_microseconds to_millennia to_milliseconds to_minutes to_months to_quarters to_seconds to_timestamp to_weeks to_years week weekday
  weekofyear year yearweek
  list_value list_pack list_aggr list_aggregate list_any_value list_append list_apply list_approx_count_distinct list_avg list_bool_and list_bool_or
  list_cat list_concat list_contains list_count list_distinct list_element list_entropy list_extract list_filter list_first list_grade_up list_has
  list_has_all list_has_any list_histogram list_indexof list_intersect list_kurtosis list_last list_mad list_max list_median list_min list_mode
  list_position list_prepend list_product list_reduce list_resize list_reverse list_reverse_sort list_select list_skewness list_slice list_sort
  list_stddev_pop list_stddev_samp list_string_agg list_sum list_transform list_unique list_var_pop list_var_samp list_where list_zip
  array_value array_append array_cat array_concat array_contains array_distinct array_extract array_filter array_has array_has_all array_has_any
  array_indexof array_intersect array_length array_position array_prepend array_reduce array_reverse array_reverse_sort array_slice array_sort array_to_string
  array_transform array_unique array_zip array_aggr array_aggregate array_apply array_grade_up array_pop_back array_pop_front array_push_back array_push_front array_resize array_select array_where
  aggregate grade_up list_bit_and list_bit_or list_bit_xor list_kurtosis_pop list_sem apply filter reduce flatten element_at unnest unpivot_list range generate_series generate_subscripts
  map map_concat map_contains map_entries map_extract map_extract_value map_from_entries map_keys map_values map_contains_entry map_contains_value cardinality
  row struct_pack struct_extract struct_extract_at struct_insert struct_keys struct_concat struct_values struct_update struct_contains struct_has struct_indexof struct_position union_value union_tag union_extract
  json json_array json_array_length json_contains json_exists json_extract json_extract_path json_extract_path_text json_extract_string json_keys
  json_object json_pretty json_quote json_type json_valid json_value json_group_array json_group_object row_to_json to_json array_to_json from_json
  typeof error try
  any_value approx_count_distinct approx_quantile approx_top_k arbitrary arg_max arg_max_null arg_max_nulls_last arg_min arg_min_null arg_min_nulls_last argmax argmin array_agg avg
  bit_and bit_or bit_xor bool_and bool_or corr count count_if count_star countif covar_pop covar_samp entropy favg first fsum geomean geometric_mean
  group_concat histogram histogram_exact kahan_sum kurtosis kurtosis_pop last list listagg mad max max_by mean median min min_by mode product
  quantile quantile_cont quantile_disc regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy
  reservoir_quantile sem skewness stddev stddev_pop stddev_samp string_agg sum sum_no_overflow sumkahan var_pop var_samp variance wavg weighted_avg
  cume_dist dense_rank fill first_value lag last_value lead nth_value ntile percent_rank rank rank_dense row_number
  grouping grouping_id`));

/** Table functions: those that make rows out of their own arguments alone. */
export const allowedTableFunctions: ReadonlySet<string> = new Set(['unnest', 'range', 'generate_series', 'json_each', 'json_tree', 'repeat_row']);

/** Words that need no brackets: where no column has such a name, DuckDB answers with its own account, catalog or schema. */
export const refusedWords: ReadonlySet<string> = new Set(['current_catalog', 'current_role', 'current_schema', 'current_user', 'session_user', 'user']);
