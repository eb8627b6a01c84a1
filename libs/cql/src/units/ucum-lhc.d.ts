declare module '@lhncbc/ucum-lhc' {
  interface Unit {
    dim_: { dimVec_: number[] | null } | null;
    magnitude_: number;
    isSpecial_: boolean;
    isArbitrary_: boolean;
  }
  interface Conversion {
    status: 'succeeded' | 'failed' | 'error';
    toVal: number | null;
  }
  export class UcumLhcUtils {
    static getInstance(): UcumLhcUtils;
    /** `unit` is null when the text is no valid UCUM expression. */
    getSpecifiedUnit(text: string, mode: 'validate' | 'suggest'): { unit: Unit | null; origString?: string };
    convertUnitTo(from: string, value: number, to: string): Conversion;
  }
}
