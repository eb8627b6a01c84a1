import { Module } from '@nestjs/common';

/** Placeholder: the clinical controllers land here. */
@Module({})
export class ClinicalModule {}
