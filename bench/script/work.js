// Orders, messages, files and attachments; see people.js.
import {audit, firstLine, isJson} from './values.js';

const instructionColumns = ['id', 'patient_id', 'course_id', 'status', 'deleted', 'suffix', 'order', 'submitted_at',
  'updated_at', 'notes', 'complaint', 'objective', 'conditions', 'price', 'exports', 'cbct', 'model', 'scanner',
  'scanner_notes', 'comprehensive', 'accept_extraction', 'upper_jaw_id', 'lower_jaw_id'];
const recordColumns = ['id', 'target_type_id', 'target_id', 'type', 'author_id', 'group_id', 'public', 'created_at'];
const fileColumns = ['id', 'uid', 'name', 'ext', 'size', 'type', 'status', 'instruction_id', 'record_id', 'product_id',
  'description', 'parameters', 'created_at'];

const courseTypes = {1: 'main', 2: 'refinement', 3: 'replacement', 4: 'any', 7: 'invoice', 8: 'merchandise'};
const orderStatuses = {0: 'no_product', 1: 'submitted', 2: 'approved', 4: 'shipped'};

export const orders = {
  table: 'orders',
  read: `
    SELECT i.*, p.doctor_id, p.office_id FROM dispatch_instruction i JOIN dispatch_patient p ON p.id = i.patient_id`,
  where: 'NOT i.deleted',
  key: 'i.id',
  columns: ['order_number', 'patient_id', 'doctor_id', 'office_id', 'course_type', 'status', 'notes', 'complaint',
    'amount', 'submitted_at', 'approved_at', 'shipped_at', 'deleted', 'exports', 'suffix', 'legacy_instruction_id',
    'metadata'],
  derive(row, find) {
    const patient = find.patients(row.patient_id);
    const doctor = find.doctors(row.doctor_id);
    const course = courseTypes[row.course_id];
    const status = orderStatuses[row.status];
    if (!patient || !doctor || !course || !status || (row.exports !== '' && !isJson(row.exports))) return null;
    return [`ORD-${row.id}`, patient, doctor, find.offices(row.office_id) ?? null, course, status, row.notes,
      row.complaint, row.price, row.submitted_at, Number(row.status) >= 2 ? row.updated_at : null,
      row.status === '4' ? row.updated_at : null, 'false', row.exports || null, row.suffix, row.id,
      audit('dispatch_instruction', row, instructionColumns)];
  },
};

const messageTypes = {3: 'support', 5: 'clinical_note', 6: 'notification', 8: 'status_update'};

function recipientOf(row, find) {
  if (row.target_type_id === '11') return ['patient', find.patients(row.target_id)];
  if (row.target_type_id === '58') return ['user', find.profiles(row.target_id)];
  return [];
}

const toNumber = (text) => text === null ? null : Number(text);
const toBoolean = (text) => text === null ? null : text === 'true';

export const messages = {
  table: 'messages',
  read: 'SELECT r.* FROM dispatch_record r',
  key: 'r.id',
  columns: ['message_type', 'title', 'subject', 'content', 'sender_id', 'recipient_type', 'recipient_id',
    'legacy_record_id', 'created_at', 'updated_at', 'metadata'],
  derive(row, find) {
    const type = messageTypes[row.type];
    const [recipientType, recipient] = recipientOf(row, find);
    if (!type || !recipient) return null;
    const title = firstLine(row.text, 50);
    const additions = {public: toBoolean(row.public), group: toNumber(row.group_id),
      target_type: toNumber(row.target_type_id)};
    return [type, title, title, row.text, find.profiles(row.author_id) ?? null, recipientType, recipient, row.id,
      row.created_at, row.created_at, audit('dispatch_record', row, recordColumns, additions)];
  },
};

const mimeTypes = {
  jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png', gif: 'image/gif', stl: 'model/stl', ply: 'model/ply',
  zip: 'application/zip', dxf: 'image/vnd.dxf', dcm: 'application/dicom', pdf: 'application/pdf', txt: 'text/plain',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};
const takenUids = new Set();

function filenameOf(name, extension) {
  if (!extension || name.toLowerCase().endsWith(`.${extension}`)) return name;
  return `${name}.${extension}`;
}

export const files = {
  table: 'files',
  read: 'SELECT f.* FROM dispatch_file f',
  key: 'f.id',
  columns: ['file_uid', 'order_id', 'filename', 'file_type', 'file_size_bytes', 'mime_type', 'uploaded_at',
    'legacy_file_id', 'metadata'],
  derive(row, find) {
    const clash = takenUids.has(row.uid);
    takenUids.add(row.uid);
    if (clash || row.name === null || row.created_at === 'infinity') return null;
    const extension = row.ext === null ? null : row.ext.replace(/^\.+/, '').toLowerCase();
    return [row.uid, find.orders(row.instruction_id) ?? null, filenameOf(row.name, extension), extension, row.size,
      mimeTypes[extension] ?? null, row.created_at, row.id, audit('dispatch_file', row, fileColumns)];
  },
};

export const attachments = {
  table: 'message_attachments',
  read: 'SELECT f.id, f.record_id FROM dispatch_file f',
  where: 'f.record_id IS NOT NULL',
  key: 'f.id',
  columns: ['message_id', 'file_id', 'attachment_type'],
  derive(row, find) {
    const message = find.messages(row.record_id);
    const file = find.files(row.id);
    return message && file ? [message, file, 'file'] : null;
  },
};
