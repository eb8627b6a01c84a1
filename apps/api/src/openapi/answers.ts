import { applyDecorators } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse } from '@nestjs/swagger';
import { refersTo, type ContractName } from './contract-schemas';

export interface AnswerOptions {
  /** Default 200. */
  status?: number;
  /** The answer is a list of them. */
  list?: boolean;
  /** What is not found when the answer is 404. */
  missing?: string;
  /** The caller says which version they saw; 409 when it is another one. */
  versioned?: boolean;
}

/** Says in the OpenAPI document what a handler answers. */
export function Answers(summary: string, name: ContractName, options: AnswerOptions = {}): MethodDecorator {
  const { status = 200, list = false, missing, versioned } = options;
  const schema = list ? { type: 'array', items: refersTo(name) } : refersTo(name);
  return applyDecorators(
    ApiOperation({ summary }),
    ApiResponse({ status, schema, description: summary }),
    ...problems(missing, versioned),
  );
}

const exportTypes = ['text/csv', 'application/json', 'application/vnd.apache.arrow.stream'];

/** Says in the OpenAPI document that a handler answers with a file of all rows. */
export function AnswersFile(summary: string, missing?: string): MethodDecorator {
  return applyDecorators(
    ApiOperation({ summary }),
    ApiProduces(...exportTypes),
    ApiResponse({
      status: 200,
      schema: { type: 'string', format: 'binary' },
      description: 'The rows, one after another',
    }),
    ...problems(missing),
  );
}

function problems(missing?: string, versioned = false): MethodDecorator[] {
  const known: [number, string][] = [
    [400, 'A parameter is not valid'],
    [401, 'Nobody is signed in, or the name or password is wrong'],
    [403, 'The role may not do this'],
    ...(missing ? [[404, `There is no such ${missing} within the scope`] as [number, string]] : []),
    ...(versioned ? [[409, 'Somebody else changed it meanwhile'] as [number, string]] : []),
    [503, 'No numbers are published yet'],
  ];
  return known.map(([status, description]) =>
    ApiResponse({
      status,
      description,
      content: { 'application/problem+json': { schema: refersTo('Problem') } },
    }),
  );
}
