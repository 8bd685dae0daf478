// Offices, profiles, doctors and patients. `derive` returns the target row, or null for a row that is left out: conditions
// written by hand that amount to what rehome holds or excludes.
import {audit, blankToNull, genders, isJson, trim, upper} from './values.js';

const officeColumns = ['id', 'name', 'address', 'apt', 'city', 'state', 'zip', 'country', 'phone', 'tax_rate', 'valid',
  'sq_customer_id', 'emails'];
const userColumns = ['id', 'last_login', 'is_superuser', 'username', 'first_name', 'last_name', 'email', 'is_staff',
  'is_active', 'date_joined'];
const patientColumns = ['id', 'user_id', 'doctor_id', 'office_id', 'birthdate', 'sex', 'suffix', 'archived', 'suspended',
  'status', 'schemes', 'submitted_at', 'updated_at'];

// Undefined: the rate has more digits than numeric(5,4) holds.
function taxShare(rate) {
  if (rate === null) return null;
  const share = Number(rate) > 1 ? Number(rate) / 100 : Number(rate);
  const scaled = share * 1e4;
  return Math.abs(scaled - Math.round(scaled)) > 1e-6 ? undefined : share.toFixed(4);
}

export const offices = {
  table: 'offices',
  read: 'SELECT o.* FROM dispatch_office o',
  key: 'o.id',
  columns: ['name', 'address', 'apartment', 'city', 'state', 'zip_code', 'country', 'phone', 'tax_rate',
    'square_customer_id', 'is_active', 'email_notifications', 'legacy_office_id', 'metadata'],
  derive(row) {
    const share = taxShare(row.tax_rate);
    if (share === undefined) return null;
    return [trim(row.name) || `Office ${row.id}`, trim(row.address), trim(row.apt), trim(row.city),
      upper(trim(row.state)), row.zip, upper(trim(row.country)), row.phone, share, row.sq_customer_id, row.valid,
      row.emails, row.id, audit('dispatch_office', row, officeColumns)];
  },
};

const readRole = `
  SELECT u.*, p.id AS patient_id, p.birthdate, p.sex, p.suffix, p.archived, p.suspended, p.schemes,
         (SELECT min(CASE g.group_id WHEN 2 THEN 1 WHEN 11 THEN 2 WHEN 5 THEN 3 WHEN 1 THEN 4 END)
          FROM auth_user_groups g WHERE g.user_id = u.id) AS first_role
  FROM auth_user u LEFT JOIN dispatch_patient p ON p.user_id = u.id`;

function roleOf(row) {
  if (row.patient_id !== null) return 'patient';
  if (row.is_superuser === 'true') return 'master';
  return {1: 'doctor', 2: 'technician', 3: 'master', 4: 'patient'}[row.first_role];
}

const emailFormat = /^[A-Za-z0-9._%+'-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}$/;
const takenEmails = new Set();

// Who shares an address: the lowest id keeps it.
function takeEmail(email) {
  if (email === null || takenEmails.has(email)) return null;
  takenEmails.add(email);
  return email;
}

export const profiles = {
  table: 'profiles',
  read: readRole,
  key: 'u.id',
  columns: ['profile_type', 'first_name', 'last_name', 'email', 'username', 'password_hash', 'date_of_birth', 'gender',
    'is_active', 'is_verified', 'archived', 'suspended', 'patient_suffix', 'medical_history', 'last_login_at',
    'created_at', 'legacy_user_id', 'legacy_patient_id', 'metadata'],
  derive(row) {
    const role = roleOf(row);
    const email = blankToNull(trim(row.email).toLowerCase());
    if (!role || (email !== null && !emailFormat.test(email)) || (role === 'patient' && !row.suffix)) return null;
    return [role, trim(row.first_name), trim(row.last_name), takeEmail(email), row.username, row.password,
      row.birthdate, genders[row.sex] ?? 'unknown', row.is_active, 'false', row.archived ?? 'false',
      row.suspended ?? 'false', blankToNull(row.suffix), row.schemes && isJson(row.schemes) ? row.schemes : null,
      row.last_login, row.date_joined, row.id, row.patient_id, audit('auth_user', row, userColumns)];
  },
};

export const doctors = {
  table: 'doctors',
  read: `
    SELECT u.*, (SELECT d.office_id FROM dispatch_office_doctors d WHERE d.user_id = u.id ORDER BY d.id LIMIT 1)
             AS office_id
    FROM auth_user u`,
  where: `
    NOT EXISTS (SELECT FROM dispatch_patient p WHERE p.user_id = u.id)
    AND (EXISTS (SELECT FROM dispatch_doctorsetting s WHERE s.user_id = u.id)
         OR EXISTS (SELECT FROM dispatch_office_doctors d WHERE d.user_id = u.id)
         OR EXISTS (SELECT FROM dispatch_patient p WHERE p.doctor_id = u.id)
         OR EXISTS (SELECT FROM auth_user_groups g WHERE g.user_id = u.id AND g.group_id = 2))`,
  key: 'u.id',
  columns: ['profile_id', 'doctor_number', 'specialty', 'primary_office_id', 'status', 'joined_practice_at',
    'legacy_user_id', 'metadata'],
  derive(row, find) {
    const profile = find.profiles(row.id);
    if (profile === undefined) return null;
    return [profile, `DOC-${row.id.padStart(6, '0')}`, 'orthodontics', find.offices(row.office_id) ?? null,
      row.is_active === 'true' ? 'active' : 'inactive', row.date_joined, row.id, audit('auth_user', row, userColumns)];
  },
};

const patientStatuses = {1: 'active', 4: 'active', 2: 'on_hold', 10: 'archived'};

export const patients = {
  table: 'patients',
  read: `SELECT p.*, p.submitted_at AT TIME ZONE 'America/Los_Angeles' AS enrolled_at FROM dispatch_patient p`,
  key: 'p.id',
  columns: ['profile_id', 'patient_number', 'suffix', 'sex', 'date_of_birth', 'primary_doctor_id', 'assigned_office_id',
    'status', 'archived', 'suspended', 'schemes', 'enrolled_at', 'legacy_patient_id', 'legacy_user_id',
    'legacy_doctor_id', 'metadata'],
  derive(row, find) {
    const profile = find.profiles(row.user_id);
    if (profile === undefined || (row.suffix ?? '').length > 4) return null;
    const schemes = row.schemes === '' ? null : isJson(row.schemes) ? row.schemes : JSON.stringify(row.schemes);
    return [profile, `PAT-${row.id}`, row.suffix, genders[row.sex] ?? 'unknown', row.birthdate,
      find.doctors(row.doctor_id) ?? null, find.offices(row.office_id) ?? null, patientStatuses[row.status],
      row.archived, row.suspended, schemes, row.enrolled_at, row.id, row.user_id, row.doctor_id,
      audit('dispatch_patient', row, patientColumns)];
  },
};
