import { AppealFilePages } from './appeal-file-pages';
import { AppealFilesController } from './appeal-files.controller';
import { ComplaintPages } from './complaint-pages';
import { ComplaintsController } from './complaints.controller';
import { OpenComplaints } from './open-complaints';
import { OpenComplaintsController } from './open-complaints.controller';

/** Complaints and the file for an appeal body: for caseworkers and the records officer alike. */
export const COMPLAINT_CONTROLLERS = [ComplaintsController, AppealFilesController, OpenComplaintsController];
export const COMPLAINT_PROVIDERS = [AppealFilePages, ComplaintPages, OpenComplaints];
