export { importPackages, type PackageImport } from './import-packages';
export type { ImportPackagesOptions, ImportStep } from './import-options';
export { importStarter, starterFolder } from './starter';
export { listMeasures, readPackage, type ListedMeasure, type MeasurePackage } from './package-store';
