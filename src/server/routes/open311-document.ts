/**
 * The description of the hotline's interface, OpenAPI 3.1: served beside it, and kept as `docs/open311.openapi.json`
 * for whoever builds the other end. `tests/server/routes/open311-document.test.ts` holds real answers against it.
 */
const text = { type: 'string' } as const
const maybeText = { type: ['string', 'null'] } as const
const moment = { type: 'string', format: 'date-time' } as const
const maybeMoment = { type: ['string', 'null'], format: 'date-time' } as const

const json = (schema: object) => ({ content: { 'application/json': { schema } } })
const listOf = (name: string) => ({
  type: 'array',
  items: { $ref: `#/components/schemas/${name}` },
})
const parameter = (
  name: string,
  where: 'query' | 'path',
  description: string,
  schema: object = text,
) => ({
  ...{ name, in: where, description, schema },
  required: where === 'path',
})
const jurisdiction = parameter(
  'jurisdiction_id',
  'query',
  'Id or division code of a place of the key; needed where the key has several.',
)
const errors = {
  '400': { description: 'Something cannot be read', ...json(listOf('Error')) },
  '403': {
    description: 'No key, a wrong one, or one that may not do this',
    ...json(listOf('Error')),
  },
  '429': {
    description: 'Too many calls; Retry-After says in how many seconds',
    headers: { 'Retry-After': { schema: { type: 'integer', minimum: 1 } } },
    ...json(listOf('Error')),
  },
  '503': { description: 'The office cannot answer now', ...json(listOf('Error')) },
}
const notFound = { '404': { description: 'There is no such thing', ...json(listOf('Error')) } }

const requestBody = {
  type: 'object',
  required: ['service_code', 'outside_number'],
  properties: {
    jurisdiction_id: text,
    service_code: text,
    outside_number: {
      type: 'string',
      minLength: 1,
      maxLength: 40,
      description:
        'Your own number. Posted again it is the same request: other words are kept as an addition (at most 20 a day, then 429), and what is said otherwise of the person, of call_allowed, service_code or answer_by counts as posted last, until somebody of the office admits it.',
    },
    description: { type: 'string', maxLength: 1_000 },
    address_string: { type: 'string', maxLength: 100 },
    lat: { type: ['number', 'string'] },
    long: { type: ['number', 'string'] },
    first_name: { type: 'string', maxLength: 40 },
    last_name: { type: 'string', maxLength: 40 },
    phone: { type: 'string', maxLength: 40 },
    call_allowed: {
      enum: ['yes', 'no', true, false],
      description:
        'The unit may call the person; not so where nothing was ever said. Leave it out of a later post to change nothing.',
    },
    requested_datetime: {
      ...moment,
      description: 'When the person called; now where it is left out.',
    },
    answer_by: {
      type: 'string',
      format: 'date',
      description:
        'The day by which you promised an answer; it counts where it is earlier than our own.',
    },
  },
} as const

export const open311Document = {
  openapi: '3.1.0',
  info: {
    title: 'Wuse: requests of an outside hotline',
    version: '1.0.0',
    summary: 'Open311 GeoReport v2 in JSON, with the number that the hotline gave.',
    description: [
      'A hotline such as 12345 hands requests in and asks how they stand. The server answers and never calls back:',
      'poll GET /requests.json with updated_after. What comes in waits until somebody of the office admits it.',
      'Answers hold states, words for whoever asked and names of units; no person, and nothing of any other system.',
      'Beyond GeoReport v2: outside_number, answer_by and call_allowed in a post; outside_number and answers in a',
      'report; updated_after, updated_before, page and page_size in a question. The key travels in the Authorization',
      'header alone.',
    ].join(' '),
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: [{ url: '/open311/v2' }],
  security: [{ key: [] }],
  paths: {
    '/services.json': {
      get: {
        operationId: 'listServices',
        summary: 'Kinds of matters that this office knows',
        parameters: [jurisdiction],
        responses: { '200': { description: 'All of them', ...json(listOf('Service')) }, ...errors },
      },
    },
    '/services/{service_code}.json': {
      get: {
        operationId: 'defineService',
        summary: 'What is asked for beside the usual parameters',
        parameters: [parameter('service_code', 'path', 'Of services.json'), jurisdiction],
        responses: {
          '200': {
            description: 'The same for every service',
            ...json({ $ref: '#/components/schemas/ServiceDefinition' }),
          },
          ...notFound,
          ...errors,
        },
      },
    },
    '/requests.json': {
      get: {
        operationId: 'listRequests',
        summary: 'How the requests of this system stand, the newest first',
        description:
          'Of the last 90 days where no id and no time is given. A page may hold fewer than page_size where status is asked for; it is the last one where it is empty.',
        parameters: [
          parameter('service_request_id', 'query', 'One or several, with commas; at most 200'),
          parameter('service_code', 'query', 'One or several, with commas'),
          parameter('status', 'query', 'open, closed, or both', {
            type: 'string',
            pattern: '^(open|closed)(,(open|closed))*$',
          }),
          parameter('start_date', 'query', 'Handed in at or after', moment),
          parameter('end_date', 'query', 'Handed in at or before', moment),
          parameter(
            'updated_after',
            'query',
            'Something was said or done after this moment',
            moment,
          ),
          parameter('updated_before', 'query', 'And at or before this one', moment),
          parameter('page', 'query', 'From 1', { type: 'integer', minimum: 1 }),
          parameter('page_size', 'query', 'At most 100', {
            ...{ type: 'integer', minimum: 1, maximum: 100, default: 100 },
          }),
        ],
        responses: { '200': { description: 'One page', ...json(listOf('Request')) }, ...errors },
      },
      post: {
        operationId: 'postRequest',
        summary: 'Hands a request in',
        requestBody: {
          required: true,
          content: {
            'application/json': { schema: { $ref: '#/components/schemas/NewRequest' } },
            'application/x-www-form-urlencoded': {
              schema: { $ref: '#/components/schemas/NewRequest' },
            },
          },
        },
        responses: {
          '200': {
            description: 'It was there; other words were kept as an addition',
            ...json(listOf('Posted')),
          },
          '201': { description: 'It is new', ...json(listOf('Posted')) },
          ...notFound,
          '409': {
            description: 'Admitted: who asked, the service and the day can change no more',
            ...json(listOf('Error')),
          },
          '413': { description: 'Larger than 64 kB', ...json(listOf('Error')) },
          ...errors,
        },
      },
    },
    '/requests/{service_request_id}.json': {
      get: {
        operationId: 'readRequest',
        summary: 'How one request of this system stands',
        parameters: [parameter('service_request_id', 'path', 'As the post was answered')],
        responses: {
          '200': { description: 'A list of one', ...json(listOf('Request')) },
          ...notFound,
          ...errors,
        },
      },
    },
  },
  components: {
    securitySchemes: {
      key: {
        type: 'http',
        scheme: 'bearer',
        description: 'Made by an administrator of the office, told once.',
      },
    },
    schemas: {
      Error: {
        type: 'object',
        required: ['code', 'description'],
        properties: { code: { type: 'integer' }, description: text },
        additionalProperties: false,
      },
      Service: {
        type: 'object',
        required: [
          'service_code',
          'service_name',
          'description',
          'metadata',
          'type',
          'keywords',
          'group',
        ],
        properties: {
          ...{ service_code: text, service_name: text, description: text },
          ...{
            metadata: { const: true },
            type: { const: 'realtime' },
            keywords: text,
            group: text,
          },
        },
        additionalProperties: false,
      },
      ServiceDefinition: {
        type: 'object',
        required: ['service_code', 'attributes'],
        properties: {
          service_code: text,
          attributes: {
            type: 'array',
            items: {
              type: 'object',
              required: [
                'variable',
                'code',
                'datatype',
                'required',
                'datatype_description',
                'order',
                'description',
              ],
              properties: {
                ...{ variable: { type: 'boolean' }, code: text, datatype_description: text },
                datatype: { enum: ['string', 'singlevaluelist'] },
                ...{ required: { type: 'boolean' }, order: { type: 'integer' }, description: text },
                values: {
                  type: 'array',
                  items: {
                    type: 'object',
                    required: ['key', 'name'],
                    properties: { key: text, name: text },
                    additionalProperties: false,
                  },
                },
              },
              additionalProperties: false,
            },
          },
        },
        additionalProperties: false,
      },
      NewRequest: requestBody,
      Posted: {
        type: 'object',
        required: ['service_request_id', 'service_notice', 'account_id'],
        properties: {
          service_request_id: text,
          service_notice: text,
          account_id: { type: 'null' },
        },
        additionalProperties: false,
      },
      Request: {
        type: 'object',
        required: [
          ...['service_request_id', 'status', 'status_notes', 'service_code', 'service_name'],
          ...['agency_responsible', 'requested_datetime', 'updated_datetime', 'expected_datetime'],
          ...['outside_number', 'answers'],
        ],
        properties: {
          service_request_id: text,
          status: { enum: ['open', 'closed'] },
          status_notes: { ...text, description: 'How it stands, and what was told last.' },
          ...{ service_code: text, service_name: text },
          agency_responsible: { ...maybeText, description: 'The unit that has it.' },
          ...{ requested_datetime: moment, updated_datetime: moment },
          expected_datetime: {
            ...maybeMoment,
            description: 'When an answer is promised; null until it was admitted.',
          },
          outside_number: text,
          answers: {
            type: 'array',
            description: 'What the asker was told, in order.',
            items: {
              type: 'object',
              required: ['at', 'words'],
              properties: { at: moment, words: text },
              additionalProperties: false,
            },
          },
        },
        additionalProperties: false,
      },
    },
  },
} as const
