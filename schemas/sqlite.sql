-- Generated from the models by "make generate"; do not edit.
--
-- The relations of a ledger in SQLite, ledger interface 1. Money lies in <column>_fen (fen), numbers in
-- <column>_micro (millionths), dates as ISO text in <column> and as a day number (1970-01-01 = 0) in <column>_day,
-- booleans as 0/1. Rows point to their file through source_id and source_row; <table>_key joins the key columns
-- with a vertical bar and names a row as evidence.

-- unit: 单位
CREATE TABLE unit (
  unit_code TEXT NOT NULL,
  name TEXT NOT NULL,
  uscc TEXT,
  kind TEXT NOT NULL,
  parent_code TEXT,
  budget_level INTEGER,
  head_name TEXT,
  address TEXT,
  phone TEXT,
  staff_quota INTEGER,
  collects_fees INTEGER,
  source_id INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  unit_key TEXT GENERATED ALWAYS AS (unit_code) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX unit_by_key ON unit (unit_code);

-- ledger_account: 会计科目
CREATE TABLE ledger_account (
  unit_code TEXT NOT NULL,
  fiscal_year INTEGER NOT NULL,
  account_code TEXT NOT NULL,
  account_name TEXT NOT NULL,
  role TEXT,
  direction TEXT,
  source_id INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  ledger_account_key TEXT GENERATED ALWAYS AS (unit_code || '|' || fiscal_year || '|' || account_code) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX ledger_account_by_key ON ledger_account (unit_code, fiscal_year, account_code);

-- account_balance: 科目余额
CREATE TABLE account_balance (
  unit_code TEXT NOT NULL,
  fiscal_year INTEGER NOT NULL,
  period INTEGER NOT NULL,
  account_code TEXT NOT NULL,
  opening_fen INTEGER,
  debit_fen INTEGER,
  credit_fen INTEGER,
  closing_fen INTEGER NOT NULL,
  source_id INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  account_balance_key TEXT GENERATED ALWAYS AS (unit_code || '|' || fiscal_year || '|' || period || '|' || account_code) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX account_balance_by_key ON account_balance (unit_code, fiscal_year, period, account_code);

-- party_balance: 往来辅助余额
CREATE TABLE party_balance (
  unit_code TEXT NOT NULL,
  fiscal_year INTEGER NOT NULL,
  period INTEGER NOT NULL,
  account_code TEXT NOT NULL,
  party_name TEXT NOT NULL,
  opening_fen INTEGER,
  debit_fen INTEGER,
  credit_fen INTEGER,
  closing_fen INTEGER NOT NULL,
  source_id INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  party_balance_key TEXT GENERATED ALWAYS AS (unit_code || '|' || fiscal_year || '|' || period || '|' || account_code || '|' || party_name) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX party_balance_by_key ON party_balance (unit_code, fiscal_year, period, account_code, party_name);

-- voucher_line: 记账凭证分录
CREATE TABLE voucher_line (
  line_id TEXT NOT NULL,
  unit_code TEXT NOT NULL,
  fiscal_year INTEGER,
  voucher_no TEXT NOT NULL,
  line_no INTEGER NOT NULL,
  voucher_date TEXT NOT NULL,
  voucher_date_day INTEGER NOT NULL,
  book TEXT,
  summary TEXT,
  account_code TEXT NOT NULL,
  account_name TEXT,
  debit_fen INTEGER,
  credit_fen INTEGER,
  counterparty_name TEXT,
  counterparty_account TEXT,
  project_code TEXT,
  econ_class TEXT,
  settlement TEXT,
  attachments INTEGER,
  prepared_by TEXT,
  approved_by TEXT,
  voided INTEGER,
  source_id INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  voucher_line_key TEXT GENERATED ALWAYS AS (line_id) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX voucher_line_by_key ON voucher_line (line_id);
CREATE INDEX voucher_line_by_1 ON voucher_line (unit_code, voucher_no, voucher_date_day);

-- bank_account: 银行账户
CREATE TABLE bank_account (
  account_no TEXT NOT NULL,
  unit_code TEXT NOT NULL,
  bank_name TEXT,
  holder_name TEXT NOT NULL,
  holder_kind TEXT,
  kind TEXT,
  registered INTEGER,
  in_books INTEGER,
  opened_on TEXT,
  opened_on_day INTEGER,
  closed_on TEXT,
  closed_on_day INTEGER,
  account_code TEXT,
  opening_balance_fen INTEGER,
  source_id INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  bank_account_key TEXT GENERATED ALWAYS AS (account_no) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX bank_account_by_key ON bank_account (account_no);

-- bank_transaction: 银行流水
CREATE TABLE bank_transaction (
  txn_id TEXT NOT NULL,
  account_no TEXT NOT NULL,
  unit_code TEXT NOT NULL,
  booked_on TEXT NOT NULL,
  booked_on_day INTEGER NOT NULL,
  direction TEXT NOT NULL,
  amount_fen INTEGER NOT NULL,
  balance_fen INTEGER,
  counterparty_name TEXT,
  counterparty_account TEXT,
  memo TEXT,
  channel TEXT,
  source_id INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  bank_transaction_key TEXT GENERATED ALWAYS AS (txn_id) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX bank_transaction_by_key ON bank_transaction (txn_id);
CREATE INDEX bank_transaction_by_1 ON bank_transaction (account_no, booked_on_day);

-- payment: 国库集中支付
CREATE TABLE payment (
  payment_id TEXT NOT NULL,
  unit_code TEXT NOT NULL,
  paid_on TEXT NOT NULL,
  paid_on_day INTEGER NOT NULL,
  amount_fen INTEGER NOT NULL,
  payee_name TEXT NOT NULL,
  payee_account TEXT,
  project_code TEXT,
  econ_class TEXT,
  purpose TEXT,
  contract_id TEXT,
  voucher_no TEXT,
  voucher_date TEXT,
  voucher_date_day INTEGER,
  payer_account TEXT,
  item_code TEXT,
  mode TEXT,
  source_id INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  payment_key TEXT GENERATED ALWAYS AS (payment_id) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX payment_by_key ON payment (payment_id);
CREATE INDEX payment_by_1 ON payment (payee_name);
CREATE INDEX payment_by_2 ON payment (unit_code, paid_on_day);

-- budget: 预算指标
CREATE TABLE budget (
  unit_code TEXT NOT NULL,
  fiscal_year INTEGER NOT NULL,
  item_code TEXT NOT NULL,
  item_name TEXT,
  side TEXT NOT NULL,
  amount_fen INTEGER NOT NULL,
  executed_fen INTEGER,
  account_code TEXT,
  econ_class TEXT,
  source_id INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  budget_key TEXT GENERATED ALWAYS AS (unit_code || '|' || fiscal_year || '|' || item_code) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX budget_by_key ON budget (unit_code, fiscal_year, item_code);

-- project: 工程及专项项目
CREATE TABLE project (
  project_code TEXT NOT NULL,
  unit_code TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT,
  site TEXT,
  budget_fen INTEGER,
  contract_amount_fen INTEGER,
  settled_amount_fen INTEGER,
  contractor TEXT,
  awarded_on TEXT,
  awarded_on_day INTEGER,
  started_on TEXT,
  started_on_day INTEGER,
  accepted_on TEXT,
  accepted_on_day INTEGER,
  settled_on TEXT,
  settled_on_day INTEGER,
  progress_pct_micro INTEGER,
  tender_method TEXT,
  claimed_quantity_micro INTEGER,
  measured_quantity_micro INTEGER,
  quantity_unit TEXT,
  source_id INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  project_key TEXT GENERATED ALWAYS AS (project_code) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX project_by_key ON project (project_code);
CREATE INDEX project_by_1 ON project (unit_code);

-- contract: 合同
CREATE TABLE contract (
  contract_id TEXT NOT NULL,
  unit_code TEXT NOT NULL,
  kind TEXT,
  party_name TEXT NOT NULL,
  project_code TEXT,
  amount_fen INTEGER NOT NULL,
  signed_on TEXT,
  signed_on_day INTEGER,
  starts_on TEXT,
  starts_on_day INTEGER,
  ends_on TEXT,
  ends_on_day INTEGER,
  side TEXT,
  party_uscc TEXT,
  party_account TEXT,
  terminated_on TEXT,
  terminated_on_day INTEGER,
  source_id INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  contract_key TEXT GENERATED ALWAYS AS (contract_id) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX contract_by_key ON contract (contract_id);
CREATE INDEX contract_by_1 ON contract (party_name);

-- invoice: 发票
CREATE TABLE invoice (
  invoice_id TEXT NOT NULL,
  invoice_code TEXT,
  invoice_number TEXT NOT NULL,
  kind TEXT,
  issued_on TEXT NOT NULL,
  issued_on_day INTEGER NOT NULL,
  seller_name TEXT NOT NULL,
  seller_tax_id TEXT,
  buyer_name TEXT,
  buyer_tax_id TEXT,
  item TEXT,
  tax_rate_micro INTEGER,
  net_amount_fen INTEGER,
  tax_amount_fen INTEGER,
  total_amount_fen INTEGER NOT NULL,
  drawer TEXT,
  reviewer TEXT,
  verified_status TEXT,
  verified_on TEXT,
  verified_on_day INTEGER,
  red_of TEXT,
  quantity_micro INTEGER,
  source_id INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  invoice_key TEXT GENERATED ALWAYS AS (invoice_id) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX invoice_by_key ON invoice (invoice_id);
CREATE INDEX invoice_by_1 ON invoice (seller_name, invoice_number);
CREATE INDEX invoice_by_2 ON invoice (red_of);

-- invoice_use: 发票报销
CREATE TABLE invoice_use (
  unit_code TEXT NOT NULL,
  voucher_no TEXT NOT NULL,
  voucher_date TEXT NOT NULL,
  voucher_date_day INTEGER NOT NULL,
  invoice_id TEXT NOT NULL,
  claimed_amount_fen INTEGER NOT NULL,
  claimant TEXT,
  payee_name TEXT,
  source_id INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  invoice_use_key TEXT GENERATED ALWAYS AS (unit_code || '|' || voucher_no || '|' || voucher_date || '|' || invoice_id) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX invoice_use_by_key ON invoice_use (unit_code, voucher_no, voucher_date, invoice_id);
CREATE INDEX invoice_use_by_1 ON invoice_use (invoice_id);

-- fee_item: 收费项目目录
CREATE TABLE fee_item (
  item_code TEXT NOT NULL,
  item_name TEXT NOT NULL,
  unit_code TEXT,
  rate_max_fen INTEGER,
  charge_unit TEXT,
  valid_from TEXT,
  valid_from_day INTEGER,
  valid_to TEXT,
  valid_to_day INTEGER,
  basis TEXT,
  source_id INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  fee_item_key TEXT GENERATED ALWAYS AS (item_code) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX fee_item_by_key ON fee_item (item_code);

-- receipt_book: 票据领用
CREATE TABLE receipt_book (
  book_id TEXT NOT NULL,
  unit_code TEXT NOT NULL,
  kind TEXT NOT NULL,
  prefix TEXT,
  first_no INTEGER NOT NULL,
  last_no INTEGER NOT NULL,
  taken_on TEXT,
  taken_on_day INTEGER,
  source_id INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  receipt_book_key TEXT GENERATED ALWAYS AS (book_id) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX receipt_book_by_key ON receipt_book (book_id);

-- receipt: 开出的财政票据、收据
CREATE TABLE receipt (
  receipt_id TEXT NOT NULL,
  unit_code TEXT NOT NULL,
  kind TEXT,
  prefix TEXT,
  number INTEGER NOT NULL,
  issued_on TEXT NOT NULL,
  issued_on_day INTEGER NOT NULL,
  payer_name TEXT,
  item_code TEXT,
  item_name TEXT,
  quantity_micro INTEGER,
  amount_fen INTEGER NOT NULL,
  status TEXT,
  fiscal INTEGER,
  collecting_account TEXT,
  voucher_no TEXT,
  source_id INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  receipt_key TEXT GENERATED ALWAYS AS (receipt_id) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX receipt_by_key ON receipt (receipt_id);

-- remittance: 缴库
CREATE TABLE remittance (
  remittance_id TEXT NOT NULL,
  unit_code TEXT NOT NULL,
  remitted_on TEXT NOT NULL,
  remitted_on_day INTEGER NOT NULL,
  item_code TEXT,
  amount_fen INTEGER NOT NULL,
  source_id INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  remittance_key TEXT GENERATED ALWAYS AS (remittance_id) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX remittance_by_key ON remittance (remittance_id);

-- penalty: 罚没决定
CREATE TABLE penalty (
  decision_no TEXT NOT NULL,
  unit_code TEXT NOT NULL,
  party_name TEXT,
  decided_on TEXT NOT NULL,
  decided_on_day INTEGER NOT NULL,
  amount_fen INTEGER NOT NULL,
  collected_on TEXT,
  collected_on_day INTEGER,
  collected_on_spot INTEGER,
  receipt_id TEXT,
  remitted_on TEXT,
  remitted_on_day INTEGER,
  source_id INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  penalty_key TEXT GENERATED ALWAYS AS (decision_no) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX penalty_by_key ON penalty (decision_no);

-- asset: 国有资产
CREATE TABLE asset (
  asset_id TEXT NOT NULL,
  unit_code TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  address TEXT,
  area_micro INTEGER,
  cost_fen INTEGER,
  acquired_on TEXT,
  acquired_on_day INTEGER,
  status TEXT,
  booked INTEGER,
  source_id INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  asset_key TEXT GENERATED ALWAYS AS (asset_id) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX asset_by_key ON asset (asset_id);

-- lease: 出租合同
CREATE TABLE lease (
  lease_id TEXT NOT NULL,
  unit_code TEXT NOT NULL,
  asset_id TEXT,
  tenant_name TEXT NOT NULL,
  starts_on TEXT NOT NULL,
  starts_on_day INTEGER NOT NULL,
  ends_on TEXT NOT NULL,
  ends_on_day INTEGER NOT NULL,
  rent_per_period_fen INTEGER NOT NULL,
  period_months INTEGER NOT NULL,
  approved INTEGER,
  deposit_fen INTEGER,
  terminated_on TEXT,
  terminated_on_day INTEGER,
  source_id INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  lease_key TEXT GENERATED ALWAYS AS (lease_id) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX lease_by_key ON lease (lease_id);

-- land_transfer: 土地及资源出让合同
CREATE TABLE land_transfer (
  transfer_id TEXT NOT NULL,
  unit_code TEXT NOT NULL,
  parcel TEXT NOT NULL,
  buyer_name TEXT NOT NULL,
  signed_on TEXT NOT NULL,
  signed_on_day INTEGER NOT NULL,
  price_fen INTEGER NOT NULL,
  due_on TEXT,
  due_on_day INTEGER,
  source_id INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  land_transfer_key TEXT GENERATED ALWAYS AS (transfer_id) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX land_transfer_by_key ON land_transfer (transfer_id);

-- asset_disposal: 资产处置
CREATE TABLE asset_disposal (
  disposal_id TEXT NOT NULL,
  unit_code TEXT NOT NULL,
  asset_id TEXT,
  method TEXT,
  disposed_on TEXT NOT NULL,
  disposed_on_day INTEGER NOT NULL,
  proceeds_fen INTEGER NOT NULL,
  buyer_name TEXT,
  source_id INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  asset_disposal_key TEXT GENERATED ALWAYS AS (disposal_id) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX asset_disposal_by_key ON asset_disposal (disposal_id);

-- donation: 捐赠、赞助协议
CREATE TABLE donation (
  donation_id TEXT NOT NULL,
  unit_code TEXT NOT NULL,
  donor_name TEXT NOT NULL,
  agreed_on TEXT NOT NULL,
  agreed_on_day INTEGER NOT NULL,
  amount_fen INTEGER NOT NULL,
  in_kind INTEGER,
  purpose TEXT,
  source_id INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  donation_key TEXT GENERATED ALWAYS AS (donation_id) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX donation_by_key ON donation (donation_id);

-- person: 在册人员
CREATE TABLE person (
  person_id TEXT NOT NULL,
  unit_code TEXT NOT NULL,
  name TEXT NOT NULL,
  id_no TEXT,
  account_no TEXT,
  phone TEXT,
  status TEXT,
  status_on TEXT,
  status_on_day INTEGER,
  duty TEXT,
  finance_staff INTEGER,
  source_id INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  person_key TEXT GENERATED ALWAYS AS (person_id) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX person_by_key ON person (person_id);
CREATE INDEX person_by_1 ON person (name);
CREATE INDEX person_by_2 ON person (account_no);
CREATE INDEX person_by_3 ON person (phone);

-- payroll: 工资发放
CREATE TABLE payroll (
  unit_code TEXT NOT NULL,
  month INTEGER NOT NULL,
  person_id TEXT NOT NULL,
  person_name TEXT,
  account_no TEXT,
  amount_fen INTEGER NOT NULL,
  social_insured INTEGER,
  source_id INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  payroll_key TEXT GENERATED ALWAYS AS (unit_code || '|' || month || '|' || person_id) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX payroll_by_key ON payroll (unit_code, month, person_id);

-- service_fee: 劳务、专家、讲课、评审费发放
CREATE TABLE service_fee (
  fee_id TEXT NOT NULL,
  unit_code TEXT NOT NULL,
  voucher_no TEXT,
  voucher_date TEXT,
  voucher_date_day INTEGER,
  paid_on TEXT NOT NULL,
  paid_on_day INTEGER NOT NULL,
  kind TEXT NOT NULL,
  payee_name TEXT NOT NULL,
  id_no TEXT,
  account_no TEXT,
  phone TEXT,
  title TEXT,
  quantity_micro INTEGER,
  amount_fen INTEGER NOT NULL,
  tax_withheld_fen INTEGER,
  event_id TEXT,
  source_id INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  service_fee_key TEXT GENERATED ALWAYS AS (fee_id) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX service_fee_by_key ON service_fee (fee_id);
CREATE INDEX service_fee_by_1 ON service_fee (unit_code, paid_on_day);
CREATE INDEX service_fee_by_2 ON service_fee (payee_name);
CREATE INDEX service_fee_by_3 ON service_fee (account_no);

-- event: 会议、培训
CREATE TABLE event (
  event_id TEXT NOT NULL,
  unit_code TEXT NOT NULL,
  kind TEXT NOT NULL,
  grade INTEGER,
  name TEXT NOT NULL,
  venue TEXT,
  designated_venue INTEGER,
  starts_on TEXT NOT NULL,
  starts_on_day INTEGER NOT NULL,
  ends_on TEXT NOT NULL,
  ends_on_day INTEGER NOT NULL,
  planned INTEGER,
  approved_on TEXT,
  approved_on_day INTEGER,
  attendees INTEGER,
  staff_members INTEGER,
  cost_fen INTEGER NOT NULL,
  voucher_no TEXT,
  voucher_date TEXT,
  voucher_date_day INTEGER,
  source_id INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  event_key TEXT GENERATED ALWAYS AS (event_id) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX event_by_key ON event (event_id);
CREATE INDEX event_by_1 ON event (unit_code);

-- attendance: 签到
CREATE TABLE attendance (
  event_id TEXT NOT NULL,
  day TEXT NOT NULL,
  day_day INTEGER NOT NULL,
  person_name TEXT NOT NULL,
  id_no TEXT,
  phone TEXT,
  source_id INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  attendance_key TEXT GENERATED ALWAYS AS (event_id || '|' || day || '|' || person_name) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX attendance_by_key ON attendance (event_id, day, person_name);
CREATE INDEX attendance_by_1 ON attendance (person_name, day_day);

-- enterprise: 市场主体登记
CREATE TABLE enterprise (
  uscc TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT,
  legal_rep TEXT,
  registered_capital_fen INTEGER,
  founded_on TEXT,
  founded_on_day INTEGER,
  cancelled_on TEXT,
  cancelled_on_day INTEGER,
  status TEXT,
  address TEXT,
  phone TEXT,
  scope TEXT,
  insured_staff INTEGER,
  declared_by TEXT,
  account_no TEXT,
  source_id INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  enterprise_key TEXT GENERATED ALWAYS AS (uscc) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX enterprise_by_key ON enterprise (uscc);
CREATE INDEX enterprise_by_1 ON enterprise (name);
CREATE INDEX enterprise_by_2 ON enterprise (address);
CREATE INDEX enterprise_by_3 ON enterprise (phone);

-- enterprise_person: 市场主体人员
CREATE TABLE enterprise_person (
  uscc TEXT NOT NULL,
  name TEXT NOT NULL,
  post TEXT NOT NULL,
  id_no TEXT,
  share_pct_micro INTEGER,
  source_id INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  enterprise_person_key TEXT GENERATED ALWAYS AS (uscc || '|' || name || '|' || post) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX enterprise_person_by_key ON enterprise_person (uscc, name, post);

-- beneficiary: 补助补贴发放对象
CREATE TABLE beneficiary (
  list_id TEXT NOT NULL,
  name TEXT NOT NULL,
  unit_code TEXT NOT NULL,
  project_code TEXT,
  id_no TEXT,
  account_no TEXT,
  amount_fen INTEGER NOT NULL,
  paid_on TEXT,
  paid_on_day INTEGER,
  eligible_from TEXT,
  eligible_from_day INTEGER,
  eligible_to TEXT,
  eligible_to_day INTEGER,
  source_id INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  beneficiary_key TEXT GENERATED ALWAYS AS (list_id || '|' || name) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX beneficiary_by_key ON beneficiary (list_id, name);

-- travel: 出差、请休假
CREATE TABLE travel (
  travel_id TEXT NOT NULL,
  unit_code TEXT NOT NULL,
  kind TEXT NOT NULL,
  person_name TEXT NOT NULL,
  id_no TEXT,
  starts_on TEXT NOT NULL,
  starts_on_day INTEGER NOT NULL,
  ends_on TEXT NOT NULL,
  ends_on_day INTEGER NOT NULL,
  destination TEXT,
  amount_fen INTEGER,
  voucher_no TEXT,
  source_id INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  travel_key TEXT GENERATED ALWAYS AS (travel_id) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX travel_by_key ON travel (travel_id);

-- permit: 行政许可、审批
CREATE TABLE permit (
  permit_id TEXT NOT NULL,
  unit_code TEXT NOT NULL,
  party_name TEXT NOT NULL,
  kind TEXT,
  issued_on TEXT NOT NULL,
  issued_on_day INTEGER NOT NULL,
  source_id INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  permit_key TEXT GENERATED ALWAYS AS (permit_id) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX permit_by_key ON permit (permit_id);

-- past_problem: 历年检查发现问题
CREATE TABLE past_problem (
  problem_id TEXT NOT NULL,
  unit_code TEXT NOT NULL,
  found_on TEXT NOT NULL,
  found_on_day INTEGER NOT NULL,
  found_by TEXT,
  form TEXT,
  description TEXT NOT NULL,
  amount_fen INTEGER NOT NULL,
  measures_done INTEGER,
  personnel_done INTEGER,
  remitted_amount_fen INTEGER,
  booked_amount_fen INTEGER,
  tax_done INTEGER,
  system_done INTEGER,
  source_id INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  past_problem_key TEXT GENERATED ALWAYS AS (problem_id) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX past_problem_by_key ON past_problem (problem_id);

-- tip: 群众举报
CREATE TABLE tip (
  tip_id TEXT NOT NULL,
  unit_code TEXT NOT NULL,
  received_on TEXT NOT NULL,
  received_on_day INTEGER NOT NULL,
  form TEXT,
  summary TEXT,
  verified TEXT,
  source_id INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  tip_key TEXT GENERATED ALWAYS AS (tip_id) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX tip_by_key ON tip (tip_id);

-- self_report: 自查自纠情况报告
CREATE TABLE self_report (
  report_id TEXT NOT NULL,
  unit_code TEXT NOT NULL,
  submitted_on TEXT,
  submitted_on_day INTEGER,
  head_signed INTEGER,
  zero_report INTEGER NOT NULL,
  funds_found INTEGER,
  amount_found_fen INTEGER,
  amount_corrected_fen INTEGER,
  meetings_held INTEGER,
  accounts_checked INTEGER,
  vouchers_checked INTEGER,
  period_from TEXT,
  period_from_day INTEGER,
  narrative TEXT,
  source_id INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  self_report_key TEXT GENERATED ALWAYS AS (report_id) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX self_report_by_key ON self_report (report_id);

-- party: made at load
CREATE TABLE party (
  name TEXT NOT NULL,
  party_key TEXT NOT NULL,
  normal_name TEXT NOT NULL,
  kind TEXT NOT NULL,
  unit_code TEXT,
  uscc TEXT
) STRICT;
CREATE UNIQUE INDEX party_by_key ON party (name);

-- text_tag: made at load
CREATE TABLE text_tag (
  text TEXT NOT NULL,
  tag TEXT NOT NULL,
  word TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX text_tag_by_key ON text_tag (text, tag, word);

-- account_role: made at load
CREATE TABLE account_role (
  unit_code TEXT NOT NULL,
  fiscal_year INTEGER NOT NULL,
  account_code TEXT NOT NULL,
  role TEXT NOT NULL,
  book TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX account_role_by_key ON account_role (unit_code, fiscal_year, account_code);

-- standard: made at load
CREATE TABLE standard (
  standard_key TEXT NOT NULL,
  region TEXT NOT NULL,
  valid_from_day INTEGER NOT NULL,
  valid_to_day INTEGER NOT NULL,
  value INTEGER NOT NULL,
  measure TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX standard_by_key ON standard (standard_key, region, valid_from_day, value);

-- calendar: made at load
CREATE TABLE calendar (
  day INTEGER NOT NULL,
  iso TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  verified INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX calendar_by_key ON calendar (day);

-- source: about the loading itself
CREATE TABLE source (
  source_id INTEGER NOT NULL,
  file TEXT NOT NULL,
  table_name TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX source_by_key ON source (source_id);

-- problem: about the loading itself
CREATE TABLE problem (
  problem_id INTEGER NOT NULL,
  source_id INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  severity TEXT NOT NULL,
  code TEXT NOT NULL,
  file TEXT NOT NULL,
  document TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX problem_by_key ON problem (problem_id);

-- quarantine: about the loading itself
CREATE TABLE quarantine (
  source_id INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  table_name TEXT NOT NULL,
  file TEXT NOT NULL,
  reason TEXT NOT NULL,
  cells TEXT NOT NULL
) STRICT;
